/** How well two lists of motivations of the same review agree. */
package dev.lmmrec.reading.agreement;
