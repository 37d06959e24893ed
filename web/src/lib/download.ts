// Hands a text over as a file.
export function downloadText(name: string, text: string, type = 'text/plain;charset=utf-8') {
  const link = document.createElement('a');
  const address = URL.createObjectURL(new Blob([text], { type }));
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
