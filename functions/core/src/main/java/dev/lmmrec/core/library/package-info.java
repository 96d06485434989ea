/** Where libraries of machine code are found. They are only named here; who uses them loads them. */
package dev.lmmrec.core.library;
