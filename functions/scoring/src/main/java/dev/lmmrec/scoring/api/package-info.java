/** The HTTP side: routes, the JSON they answer with, and problem documents (RFC 9457) for what is wrong. */
package dev.lmmrec.scoring.api;
