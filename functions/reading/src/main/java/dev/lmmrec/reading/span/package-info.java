/** Which words of a sentence show a motivation, once something has scored them: the chain over places in a span. */
package dev.lmmrec.reading.span;
