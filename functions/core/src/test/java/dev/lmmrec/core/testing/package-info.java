/** What tests stand on, shared with the other modules through the test jar. */
package dev.lmmrec.core.testing;
