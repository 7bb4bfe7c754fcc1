/**
 * Inside {@code http}: the console, from the class path to the browser. It owns its files, compressed where that helps, and what a
 * browser may do with them. It asks for nothing but a place to add its pages to.
 */
@NullMarked
package offload.http.console;

import org.jspecify.annotations.NullMarked;
