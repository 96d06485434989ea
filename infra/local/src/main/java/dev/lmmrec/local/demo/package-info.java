/**
 * The main job from one end to the other on the local deployment: reviews in, explained recommendations out. Uses the
 * deployment as any client would: the queue, the HTTP API, and the training program as a process of its own.
 */
package dev.lmmrec.local.demo;
