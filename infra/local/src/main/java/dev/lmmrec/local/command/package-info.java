/** The command line: {@code up}, {@code costs}, and what it tells the person and the other commands. */
package dev.lmmrec.local.command;
