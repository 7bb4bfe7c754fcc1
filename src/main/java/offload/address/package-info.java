/**
 * Floor 0. Addresses that somebody else wrote: blocks of IP addresses, hosts in URLs, URLs that strangers want to have
 * called, and which of them may be called. It calls nobody; a name is looked up when whoever calls asks for its addresses.
 */
@NullMarked
package offload.address;

import org.jspecify.annotations.NullMarked;
