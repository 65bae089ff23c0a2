/** The last step for people: the page that shows the city, its paths and what it may load. */
@NullMarked
package cctvout.dashboard;

import org.jspecify.annotations.NullMarked;
