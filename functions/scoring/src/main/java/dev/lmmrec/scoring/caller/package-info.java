/** Who asks, as the authorizer in front of the function found out, and for whom they may ask. */
package dev.lmmrec.scoring.caller;
