/** What the settings of every step of the flow are held against, before any of them begins. */
@NullMarked
package cctvout.settings;

import org.jspecify.annotations.NullMarked;
