/** The table {@code spend} as it is read: what language models used and cost, by day. Extraction writes it. */
package dev.lmmrec.core.spend;
