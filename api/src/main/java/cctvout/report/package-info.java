/** After step 5: what was known over a time, as figures for those who answer for it. */
@NullMarked
package cctvout.report;

import org.jspecify.annotations.NullMarked;
