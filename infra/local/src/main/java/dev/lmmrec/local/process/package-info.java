/**
 * Java programs in processes of their own that end when we end, however we end. What they are, servers or function
 * environments, is known to those who start them.
 */
package dev.lmmrec.local.process;
