/** Dense vectors as they are kept in tables: immutable in memory, one signed byte per component at rest. */
package dev.lmmrec.core.vector;
