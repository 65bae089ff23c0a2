/** What the REST interface says of itself: its OpenAPI document, made from the routes. */
@NullMarked
package cctvout.openapi;

import org.jspecify.annotations.NullMarked;
