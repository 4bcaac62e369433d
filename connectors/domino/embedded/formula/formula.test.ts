import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateTimeItem, numberItem, textItem } from '../engine/item-builders.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import { compileFormula, holds } from './evaluate-formula.ts';
import { FormulaError } from './formula-error.ts';
import type { FormulaSubject } from './formula-subject.ts';

const subject: FormulaSubject = {
  note: {
    unid: 'A'.repeat(32),
    created: 1000,
    sequenceTime: 2000,
    parent: null,
    items: [
      textItem('Form', 'Member'),
      textItem('Nhom', ['x', 'Y']),
      numberItem('Diem', [3, 5]),
      numberItem('Am', -2),
      dateTimeItem('Luc', dateTimeOf(1500)),
      textItem('Rong', ''),
    ],
  },
  identity: { name: 'CN=Lan/OU=Chi bo/O=Party', roles: ['Bridge'], groups: ['Can bo'] },
};

/** Throws what is no {@link FormulaError}. */
function outcome(source: string): string {
  try {
    return typeof holds(source, subject);
  } catch (error) {
    if (error instanceof FormulaError) return 'refused';
    throw error;
  }
}

describe('formulas', () => {
  test.each([
    ['@True', true],
    ['@False', false],
    ['SELECT Form = "Member"', true],
    ['form = {Member}', true],
    ['Form = "member"', false],
    ['Form = "Member" & Diem > 4', true],
    ['Diem > 5', false],
    ['!@False & @True', true],
    ['!Form = "Task"', true],
    ['Form = "Task" | Form = "Member" & @True', true],
    ['(Form = "Task" | Form = "Member") & @False', false],
    ['@IsMember("[Bridge]"; @UserRoles)', true],
    ['@IsMember("[Admin]"; @UserRoles)', false],
    ['@IsMember("Can bo"; @UserNamesList)', true],
    ['@IsMember("*/OU=Chi bo/O=Party"; @UserNamesList)', true],
    ['@IsMember("Lan" : "[Bridge]"; @UserNamesList)', true],
    ['@IsMember("Lan" : "[Admin]"; @UserNamesList)', false],
    ['@IsNotMember("a"; Nhom)', true],
    ['Nhom = "z" : "Y"', true],
    ['Nhom <> "z" : "w"', true],
    ['Nhom != "x"', false],
    ['Am = -2', true],
    ['@UserName = "CN=Lan/OU=Chi bo/O=Party"', true],
    ['@IsAvailable(Diem) & @IsUnavailable(KhongCo)', true],
    ['KhongCo = ""', true],
    ['@Elements(Nhom) = 2 & @Elements(Rong) = 0', true],
    ['@If(Diem = 9; @False; Form = "Member"; @True; @False)', true],
    ['@Contains(@LowerCase(Nhom); "y") & @Begins(Form; "Mem") & @Ends(Form; "ber")', true],
    ['Luc > @Created & Luc < @Modified', true],
    ['@Trim("  a   b ") + "c" = "a bc"', true],
    ['"a\\"b" = {a"b}', true],
    ['@IsResponseDoc', false],
    ['@DocumentUniqueID = ""', false],
  ])('[RF22] %s is %s', (source, expected) => {
    expect(holds(source, subject)).toBe(expected);
  });

  test.each([
    'Form',
    '"text"',
    'Form > 3',
    '-Form = 1',
    'Form : 3',
    'Form + 3',
    '@Contains(Diem; "3")',
    '@If(Form; @True; @True)',
  ])('[RF22] a condition that fails on its values holds for nobody: %s', (source) => {
    expect(holds(source, subject)).toBe(false);
  });

  test.each([
    ['@DbLookup("";"";"";"";1)', 'unsupported'],
    ['FIELD x := 1', 'syntax'],
    ['x := 1', 'unsupported'],
    ['@True; @False', 'unsupported'],
    ['@toString', 'unsupported'],
    ['@IsMember("a")', 'syntax'],
    ['@If(@True; @True)', 'syntax'],
    ['(Form = "a"', 'syntax'],
    ['Form =', 'syntax'],
    ['Form "a"', 'syntax'],
    ['', 'syntax'],
    ['#', 'syntax'],
  ])('[RF22] refused before anything runs: %s', (source, code) => {
    expect(() => compileFormula(source)).toThrow(expect.objectContaining({ name: 'FormulaError', code }));
  });

  test.each([
    ['1 + 2 * 3 - 4 / 2', [5]],
    ['Diem + 10', [13, 15]],
    ['Diem * (1 : 2)', [3, 10]],
    ['Nhom + "-" + Form', ['x-Member', 'Y-Member']],
    ['Luc - @Created', [0.5]],
    ['@Sum(Diem; 1)', [9]],
    ['@Max(Diem)', [5]],
    ['@Min(Diem; 4)', [3, 4]],
    ['@Round(-2.5)', [-3]],
    ['@Round(37; 5)', [35]],
    ['@Modulo(-7; 3)', [-1]],
    ['@Abs(Am) : @Sign(Am) : @Power(2; 10)', [2, -1, 1024]],
    ['@Left("Lan Anh"; 3) : @Left("Lan Anh"; " A")', ['Lan', 'Lan']],
    ['@Right("a/b/c"; "/") : @RightBack("a/b/c"; "/") : @LeftBack("a/b/c"; "/")', ['b/c', 'c', 'a/b']],
    [
      '@Right("abc"; 2) : @RightBack("abc"; 2) : @LeftBack("abc"; 1) : @Right("abc"; 0)',
      ['bc', 'c', 'ab', ''],
    ],
    ['@Middle("abcdef"; 1; 3)', ['bcd']],
    ['@Word("a b c"; " "; 2) : @Word("a b c"; " "; -1) : @Word("a"; " "; 5)', ['b', 'c', '']],
    ['@Length("Đảng" : "")', [4, 0]],
    ['@Trim("  a   b " : "")', ['a b']],
    ['@ProperCase("nguyễn văn ĐỨC")', ['Nguyễn Văn Đức']],
    ['@ReplaceSubstring("aXbX"; "X" : "b"; "-" : "_")', ['a-_-']],
    ['@Replace(Nhom; "x"; "z")', ['z', 'Y']],
    ['@Text(Diem) : @Text(Luc)', ['3', '5', '1970-01-01 00:00:01']],
    ['@TextToNumber("12 cm") : @TextToNumber("-3.5")', [12, -3.5]],
    ['@Unique("a" : "b" : "a")', ['a', 'b']],
    ['@Subset("a" : "b" : "c"; -2)', ['b', 'c']],
    ['@Member("Y"; Nhom) : @Elements(Rong) : @Count(Rong)', [2, 0, 1]],
    ['@Implode(Nhom; "+") : @Explode("a, b;c")', ['x+Y', 'a', 'b', 'c']],
    ['@Date(2024; 2; 30)', [Date.UTC(2024, 2, 1)]],
    ['@Adjust(@Date(2024; 1; 31); 0; 1; 0; 1; 0; 1)', [Date.UTC(2024, 2, 2, 1, 0, 1)]],
    [
      '@Year(@Date(2026; 11; 24)) : @Month(@Date(2026; 11; 24)) : @Weekday(@Date(2026; 11; 24))',
      [2026, 11, 3],
    ],
    ['@Select(@Month(@Date(2026; 2; 1)); "January"; "February")', ['February']],
    ['@Select(9; "a"; "b")', ['b']],
    ['@Matches("reaction 7"; "reaction *" : "belong *") : @Matches("ab"; "a")', [1, 0]],
    ['@Matches("B7"; "{A-C}{!x}") : @Matches("aaa"; "+a") : @Matches("a*"; "a\\\\*")', [1, 1, 1]],
    ['@Like("Nguyen Van An"; "Nguyen%A_") : @Like("a"; "_b")', [1, 0]],
    ['@IsNumber(Diem) : @IsText(Diem) : @IsTime(Luc)', [1, 0, 1]],
  ])('[RF22] %s', (source, values) => {
    expect(compileFormula(source)(subject).values).toEqual(values);
  });

  test.each([
    '1 / 0',
    '@Sqrt(-1)',
    'Luc + 1',
    'Form * 2',
    '@Sum(Form)',
    '@TextToNumber("x")',
    '@Select(0; "a")',
    '@Date(2024; 1)',
    '@Month("2024")',
  ])('[RF22] %s has no value', (source) => {
    expect(() => compileFormula(source)(subject)).toThrow(expect.objectContaining({ code: 'evaluation' }));
  });

  test('[RF22] no pattern makes a match slow', () => {
    const text = 'a'.repeat(2000);
    for (const pattern of ['+a'.repeat(100), '*a'.repeat(100), '+?'.repeat(100)])
      expect(compileFormula(`@Matches("${text}"; "${pattern}b")`)(subject).values).toEqual([0]);
  });

  test('[RF22] whatever is written is a formula or refused as one', () => {
    const words = [
      '@True',
      '@If',
      'Form',
      '"a"',
      '1',
      '(',
      ')',
      ';',
      ':',
      '&',
      '|',
      '!',
      '=',
      '<>',
      '-',
      '+',
      '@UserRoles',
      'SELECT',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 3 })), { maxLength: 12 }),
        (parts) => {
          expect(['boolean', 'refused']).toContain(outcome(parts.join(' ')));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('[RF22] and, or, not follow truth tables in any nesting', () => {
    const { tree } = fc.letrec<{ tree: { source: string; value: boolean } }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.boolean().map((value) => ({ source: value ? '@True' : 'Form = "Task"', value })),
        tie('tree').map(({ source, value }) => ({ source: `!(${source})`, value: !value })),
        fc.tuple(tie('tree'), fc.constantFrom('&', '|'), tie('tree')).map(([left, sign, right]) => ({
          source: `(${left.source} ${sign} ${right.source})`,
          value: sign === '&' ? left.value && right.value : left.value || right.value,
        })),
      ),
    }));
    fc.assert(
      fc.property(tree, ({ source, value }) => {
        expect(holds(source, subject)).toBe(value);
      }),
      { numRuns: 200 },
    );
  });
});
