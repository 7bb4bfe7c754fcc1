/**
 * Floor 2. The embedded sample upstream: an OpenAI-compatible server on loopback, for a first look, demos and tests. It speaks
 * real HTTP and is called through the same client as any other upstream. {@code SampleRequest} is what was asked,
 * {@code SampleWriter} makes up the text, {@code SampleChoice} is one finished choice, {@code SampleStream} sends them at a
 * human pace.
 */
@NullMarked
package offload.upstream.sample;

import org.jspecify.annotations.NullMarked;
