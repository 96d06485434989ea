/**
 * The deployment on one machine: real servers for tables, queues and buckets, the built function zips in processes of
 * their own, and between them what AWS puts there. {@link dev.lmmrec.local.LocalDeployment} is the whole of it; the
 * parts are in the packages below. Nothing here knows what a review or a profile is.
 */
package dev.lmmrec.local;
