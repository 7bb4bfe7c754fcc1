/** Floor 0. The one JSON reader and its limits, and raw spans of JSON text that must travel untouched. */
@NullMarked
package offload.json;

import org.jspecify.annotations.NullMarked;
