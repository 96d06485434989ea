/** How long it takes to find the best items for one user, in several ways side by side, on made-up vectors. */
package dev.lmmrec.bench.search;
