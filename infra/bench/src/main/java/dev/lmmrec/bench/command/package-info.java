/** The command line of the benchmark. */
package dev.lmmrec.bench.command;
