/**
 * The console in a real browser. {@code BrowserSuite} runs the scripts of {@code src/test/console} in Node, which drive a
 * headless Chromium and start real server processes, and makes each of their tests a test here.
 */
@NullMarked
package offload.console;

import org.jspecify.annotations.NullMarked;
