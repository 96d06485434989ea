/** The stream event as Lambda delivers it and the answer that names what failed. Only the parts that are used. */
package dev.lmmrec.embedding.event;
