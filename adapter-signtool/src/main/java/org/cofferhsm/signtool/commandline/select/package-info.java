/** Which certificate and key sign: SignTool's filters over the key pairs in the module. */
@NullMarked
package org.cofferhsm.signtool.commandline.select;

import org.jspecify.annotations.NullMarked;
