const pattern = /^(?!\.{1,2}$)[A-Za-z0-9_.-]{1,15}$/;

/** What isInterfaceName accepts, to complete a sentence. */
export const interfaceNameRule = '1 to 15 letters, digits, dots, dashes and underscores';

/** Whether a text can be the name of a network interface, in the kernel, in a file name and in a script. */
export const isInterfaceName = (text: string): boolean => pattern.test(text);
