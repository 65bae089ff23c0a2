/** Step 6, its words: what notices say in each language, and what an operator made of that. */
@NullMarked
package cctvout.template;

import org.jspecify.annotations.NullMarked;
