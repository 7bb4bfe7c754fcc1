/** Floor 1. What a process says to the service manager that started it. */
@NullMarked
package offload.systemd;

import org.jspecify.annotations.NullMarked;
