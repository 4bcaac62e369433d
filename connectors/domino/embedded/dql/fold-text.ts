/** DQL compares text without regard to case and accents (HCL help, "DQL strings"); `đ` carries no combining mark, so it is folded by name. */
export function foldText(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
}
