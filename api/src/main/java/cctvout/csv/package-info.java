/** What leaves as CSV: cells that are whole, and safe to open in a spreadsheet. */
@NullMarked
package cctvout.csv;

import org.jspecify.annotations.NullMarked;
