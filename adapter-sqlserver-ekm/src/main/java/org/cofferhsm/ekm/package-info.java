/** SQL Server's Extensible Key Management: what the engine asks of a cryptographic provider. */
@NullMarked
package org.cofferhsm.ekm;

import org.jspecify.annotations.NullMarked;
