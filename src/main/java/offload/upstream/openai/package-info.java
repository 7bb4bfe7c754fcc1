/** Floor 2. Any OpenAI-compatible upstream, over HTTP/1.1. */
@NullMarked
package offload.upstream.openai;

import org.jspecify.annotations.NullMarked;
