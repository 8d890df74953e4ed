import type { DepartmentParameters, PersonParameters } from './company-parameters.js';

export const departments: DepartmentParameters[] = [
  { id: '1', name: 'Торговый дом', parentId: null, headId: '1' },
  { id: '2', name: 'Отдел продаж', parentId: '1', headId: '2' },
];

const person = (
  id: string,
  role: PersonParameters['role'],
  names: readonly [lastName: string, name: string, secondName: string],
  gender: PersonParameters['gender'],
  position: string,
): PersonParameters => ({
  id,
  role,
  lastName: names[0],
  name: names[1],
  secondName: names[2],
  gender,
  position,
  departmentId: role === 'admin' ? '1' : '2',
});

/** The administrator (whose webhook is read), the head of sales and four sellers. */
export const people: PersonParameters[] = [
  person('1', 'admin', ['Лебедева', 'Ольга', 'Викторовна'], 'F', 'Администратор портала'),
  person('2', 'head', ['Воронов', 'Сергей', 'Павлович'], 'M', 'Руководитель отдела продаж'),
  person('3', 'seller', ['Громова', 'Анна', 'Игоревна'], 'F', 'Менеджер по продажам'),
  person('4', 'seller', ['Зайцев', 'Дмитрий', 'Олегович'], 'M', 'Менеджер по продажам'),
  person('5', 'seller', ['Ким', 'Роман', 'Андреевич'], 'M', 'Менеджер по продажам'),
  person('6', 'seller', ['Трофимова', 'Елена', 'Сергеевна'], 'F', 'Менеджер по продажам'),
];
