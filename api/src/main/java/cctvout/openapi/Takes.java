package cctvout.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a route's JSON body is, where it is something else than what the route answers with: routes
 * read bodies themselves, so that an error can name the field. On a class it holds for all of its
 * routes that say nothing else.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Takes {
    Class<?> value();
}
