/** Before step 1: a table of cameras read row by row, checked, and taken into the registry. */
@NullMarked
package cctvout.importing;

import org.jspecify.annotations.NullMarked;
