/** What users do with recommendations: kept in a table of its own, one row a user, and counted in the next ranking. */
package dev.lmmrec.scoring.feedback;
