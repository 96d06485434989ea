/** Items that came after the artefact was trained, found and kept while the function runs. */
package dev.lmmrec.scoring.arrival;
