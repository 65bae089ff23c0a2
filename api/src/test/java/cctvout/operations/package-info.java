/** What surrounds the application in production, held against what it really does. */
@org.jspecify.annotations.NullMarked
package cctvout.operations;
