/** Why an item is shown: pairs of what the user wrote and what others wrote of the item, never invented text. */
package dev.lmmrec.scoring.reason;
