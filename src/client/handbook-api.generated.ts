// Made by `npm run client-types` from the OpenAPI page of the handbook API. Do not edit.

export interface paths {
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in, and the token that changes by cookie need
         * @description Any account.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "account": {
                         *         "name": "dang.vien",
                         *         "role": "member",
                         *         "zone": "outside",
                         *         "memberKey": "DV-1-0000001",
                         *         "organisationCode": null
                         *       },
                         *       "csrfToken": null
                         *     }
                         */
                        "application/json": {
                            account: {
                                name: string;
                                /** @enum {string} */
                                role: "operator" | "releaser" | "auditor" | "app" | "officer" | "secretary" | "member";
                                /**
                                 * @description inside: operators; outside: the handbook
                                 * @enum {string}
                                 */
                                zone: "inside" | "outside";
                                memberKey: string | null;
                                organisationCode: string | null;
                            };
                            /** @description To be sent as X-CSRF-Token with all but GET; null where a bearer token came, which needs none */
                            csrfToken: string | null;
                        };
                    };
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Log in: name and password for a bearer token
         * @description Unknown name, wrong password and locked out answer alike. After 5 bad attempts an account rests for 15 minutes. Open to all.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "zone": "outside",
                     *       "name": "dang.vien",
                     *       "password": "một câu dài dễ nhớ"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description inside: operators; outside: the handbook
                         * @enum {string}
                         */
                        zone: "inside" | "outside";
                        name: string;
                        password: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "token": "out_…",
                         *       "expiresAt": "2026-11-24T14:00:00.000Z",
                         *       "account": {
                         *         "name": "dang.vien",
                         *         "role": "member",
                         *         "zone": "outside"
                         *       }
                         *     }
                         */
                        "application/json": {
                            /** @description Send as `Authorization: Bearer …` */
                            token: string;
                            /** @description Instant (ISO) */
                            expiresAt: string;
                            account: {
                                name: string;
                                /** @enum {string} */
                                role: "operator" | "releaser" | "auditor" | "app" | "officer" | "secretary" | "member";
                                /**
                                 * @description inside: operators; outside: the handbook
                                 * @enum {string}
                                 */
                                zone: "inside" | "outside";
                            };
                        };
                    };
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        /**
         * Log out: the token or cookie that is sent is worth nothing afterwards
         * @description Any account.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Logged out */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handbook/v1/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What kinds of records there are and what their fields may hold
         * @description Accounts of the outside zone: app, officer, secretary, member.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            entities: {
                                entity: string;
                                title: {
                                    vi: string;
                                    en: string;
                                };
                                /** @description Field that holds the business key */
                                key: string;
                                creatable: boolean;
                                deletable: boolean;
                                fields: {
                                    field: string;
                                    type: string;
                                    writable: boolean;
                                    check: {
                                        required?: boolean;
                                        pattern?: string;
                                        maxLength?: number;
                                        min?: number;
                                        max?: number;
                                        oneOf?: (string | number | boolean)[];
                                    };
                                }[];
                            }[];
                        };
                    };
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handbook/v1/records/{entity}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Records of one entity that the account may see, page by page
         * @description Go on while `next` is not null. Accounts of the outside zone: app, officer, secretary, member.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only the record with this business key */
                    key?: string;
                    /**
                     * @description May be given up to 8 times; all must hold
                     * @example [
                     *       "status=DangLam",
                     *       "progress<=50"
                     *     ]
                     */
                    filter?: string[];
                    /** @description `next` of the page before, of the same question */
                    after?: string;
                    /**
                     * @description 1 to 500
                     * @example 50
                     */
                    limit?: number;
                    /**
                     * @description key: by business key; title: the order for people, Vietnamese, members by given name
                     * @example key
                     */
                    sort?: "key" | "title";
                    order?: "asc" | "desc";
                };
                header?: never;
                path: {
                    /** @example assignment */
                    entity: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "records": [
                         *         {
                         *           "recordId": "f97758e2-fd1c-4449-805c-edcd69a04bfe",
                         *           "entity": "assignment",
                         *           "key": "giao-2026-0007",
                         *           "version": 1,
                         *           "fields": {
                         *             "recordCode": "giao-2026-0007",
                         *             "taskCode": "NV-2026-07",
                         *             "memberCode": "DV-1-0000001",
                         *             "organisationCode": "01.001.001.000.001",
                         *             "progress": 20,
                         *             "status": "DangLam",
                         *             "report": "Đang rà soát hồ sơ"
                         *           }
                         *         }
                         *       ],
                         *       "next": null
                         *     }
                         */
                        "application/json": {
                            records: {
                                recordId: string;
                                entity: string;
                                /** @description Business key */
                                key: string | null;
                                /** @description Grows with each change; send it back as baseVersion */
                                version: number;
                                fields: {
                                    [key: string]: (string | number | boolean) | (string | number | boolean)[] | {
                                        name: string;
                                        sha256: string;
                                        size: number;
                                    } | {
                                        name: string;
                                        sha256: string;
                                        size: number;
                                    }[] | null;
                                };
                            }[];
                            next: string | null;
                        };
                    };
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handbook/v1/records/{entity}/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many records of one entity the account may see
         * @description Counted up to 10000; `more` says that there are others. Accounts of the outside zone: app, officer, secretary, member.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only the record with this business key */
                    key?: string;
                    /**
                     * @description May be given up to 8 times; all must hold
                     * @example status=DangLam
                     */
                    filter?: string[];
                };
                header?: never;
                path: {
                    /** @example assignment */
                    entity: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "count": 1,
                         *       "more": false
                         *     }
                         */
                        "application/json": {
                            count: number;
                            more: boolean;
                        };
                    };
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handbook/v1/records/{entity}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One record
         * @description Answers 304 to an `If-None-Match` with the ETag of what the account would be sent. Accounts of the outside zone: app, officer, secretary, member.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example assignment */
                    entity: string;
                    /** @example f97758e2-fd1c-4449-805c-edcd69a04bfe */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "recordId": "f97758e2-fd1c-4449-805c-edcd69a04bfe",
                         *       "entity": "assignment",
                         *       "key": "giao-2026-0007",
                         *       "version": 1,
                         *       "fields": {
                         *         "recordCode": "giao-2026-0007",
                         *         "taskCode": "NV-2026-07",
                         *         "memberCode": "DV-1-0000001",
                         *         "organisationCode": "01.001.001.000.001",
                         *         "progress": 20,
                         *         "status": "DangLam",
                         *         "report": "Đang rà soát hồ sơ"
                         *       }
                         *     }
                         */
                        "application/json": {
                            recordId: string;
                            entity: string;
                            /** @description Business key */
                            key: string | null;
                            /** @description Grows with each change; send it back as baseVersion */
                            version: number;
                            fields: {
                                [key: string]: (string | number | boolean) | (string | number | boolean)[] | {
                                    name: string;
                                    sha256: string;
                                    size: number;
                                } | {
                                    name: string;
                                    sha256: string;
                                    size: number;
                                }[] | null;
                            };
                        };
                    };
                };
                /** @description As If-None-Match says */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handbook/v1/records/{entity}/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How one record changed, newest first
         * @description At most 500 changes; only those since the account may see the record. Accounts of the outside zone: app, officer, secretary, member.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example assignment */
                    entity: string;
                    /** @example f97758e2-fd1c-4449-805c-edcd69a04bfe */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "history": [
                         *         {
                         *           "version": 2,
                         *           "at": "2026-11-24T02:00:00.000Z",
                         *           "changes": {
                         *             "progress": {
                         *               "from": 20,
                         *               "to": 40
                         *             }
                         *           }
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            history: {
                                /** @description Version of the record after the change */
                                version: number;
                                /** @description Instant (ISO) */
                                at: string;
                                changes: {
                                    [key: string]: {
                                        /** @description A scalar, a list, a reference to content kept beside the record (blob), or null for empty */
                                        from: (string | number | boolean) | (string | number | boolean)[] | {
                                            name: string;
                                            sha256: string;
                                            size: number;
                                        } | {
                                            name: string;
                                            sha256: string;
                                            size: number;
                                        }[] | null;
                                        /** @description A scalar, a list, a reference to content kept beside the record (blob), or null for empty */
                                        to: (string | number | boolean) | (string | number | boolean)[] | {
                                            name: string;
                                            sha256: string;
                                            size: number;
                                        } | {
                                            name: string;
                                            sha256: string;
                                            size: number;
                                        }[] | null;
                                    };
                                };
                            }[];
                        };
                    };
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handbook/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Records that hold every word, best first
         * @description Without regard to case, tones and other marks, and to where a tone stands: “nguyen thi dao” finds “Nguyễn Thị Đào”. A word also finds longer ones that begin with it. What has the same marks comes first. Accounts of the outside zone: app, officer, secretary, member.
         */
        get: {
            parameters: {
                query: {
                    /** @example ra soat ho so */
                    q: string;
                    /**
                     * @description May be given several times; all entities without it
                     * @example [
                     *       "assignment"
                     *     ]
                     */
                    entity?: string[];
                    /** @description `next` of the page before, of the same question */
                    after?: string;
                    /** @description 1 to 100 */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "records": [
                         *         {
                         *           "recordId": "f97758e2-fd1c-4449-805c-edcd69a04bfe",
                         *           "entity": "assignment",
                         *           "key": "giao-2026-0007",
                         *           "version": 1,
                         *           "fields": {
                         *             "recordCode": "giao-2026-0007",
                         *             "taskCode": "NV-2026-07",
                         *             "memberCode": "DV-1-0000001",
                         *             "organisationCode": "01.001.001.000.001",
                         *             "progress": 20,
                         *             "status": "DangLam",
                         *             "report": "Đang rà soát hồ sơ"
                         *           }
                         *         }
                         *       ],
                         *       "next": null
                         *     }
                         */
                        "application/json": {
                            records: {
                                recordId: string;
                                entity: string;
                                /** @description Business key */
                                key: string | null;
                                /** @description Grows with each change; send it back as baseVersion */
                                version: number;
                                fields: {
                                    [key: string]: (string | number | boolean) | (string | number | boolean)[] | {
                                        name: string;
                                        sha256: string;
                                        size: number;
                                    } | {
                                        name: string;
                                        sha256: string;
                                        size: number;
                                    }[] | null;
                                };
                            }[];
                            next: string | null;
                        };
                    };
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handbook/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changed since a cursor, oldest first
         * @description Without `since` from the beginning. `epochChanged: true` means that the handbook was restored or that the account may see other things than before: drop every record and start again without `since`. Go on at once while `more`; keep `cursor` for the next time. `removed` is all that is told of a record that was deleted, withdrawn, or is no more for this account. Accounts of the outside zone: app, officer, secretary, member.
         */
        get: {
            parameters: {
                query?: {
                    since?: string;
                    /**
                     * @description 1 to 500
                     * @example 1
                     */
                    limit?: number;
                    /** @description Seconds to wait for something to tell; then the answer has no changes and a cursor to go on with */
                    wait?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "epochChanged": false,
                         *       "cursor": "sealed",
                         *       "changes": [
                         *         {
                         *           "kind": "changed",
                         *           "record": {
                         *             "recordId": "f97758e2-fd1c-4449-805c-edcd69a04bfe",
                         *             "entity": "assignment",
                         *             "key": "giao-2026-0007",
                         *             "version": 1,
                         *             "fields": {
                         *               "recordCode": "giao-2026-0007",
                         *               "taskCode": "NV-2026-07",
                         *               "memberCode": "DV-1-0000001",
                         *               "organisationCode": "01.001.001.000.001",
                         *               "progress": 20,
                         *               "status": "DangLam",
                         *               "report": "Đang rà soát hồ sơ"
                         *             }
                         *           }
                         *         }
                         *       ],
                         *       "more": true
                         *     }
                         */
                        "application/json": {
                            /** @description Drop every record and start again without `since` */
                            epochChanged: boolean;
                            /**
                             * @description Only with epochChanged
                             * @enum {string}
                             */
                            reason?: "restored" | "rights";
                            /** @description null only with epochChanged */
                            cursor: string | null;
                            changes: ({
                                /** @enum {string} */
                                kind: "changed";
                                /** @description As it is now */
                                record: {
                                    recordId: string;
                                    entity: string;
                                    /** @description Business key */
                                    key: string | null;
                                    /** @description Grows with each change; send it back as baseVersion */
                                    version: number;
                                    fields: {
                                        [key: string]: (string | number | boolean) | (string | number | boolean)[] | {
                                            name: string;
                                            sha256: string;
                                            size: number;
                                        } | {
                                            name: string;
                                            sha256: string;
                                            size: number;
                                        }[] | null;
                                    };
                                };
                            } | {
                                /** @enum {string} */
                                kind: "removed";
                                recordId: string;
                                entity: string;
                            })[];
                            more: boolean;
                        };
                    };
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handbook/v1/records/{entity}/{id}/blobs/{field}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Downloads one attachment of a record
         * @description One `Range` of bytes (206, or 416 where it lies behind the end; with `If-Range` the whole where the bytes are others), `ETag`, `If-None-Match`; `Repr-Digest` holds the SHA-256 of the whole (RFC 9530). Accounts of the outside zone: app, officer, secretary, member.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example document */
                    entity: string;
                    /** @example 0b0f5a8e-3c0e-4f35-9d1c-0a4c7f3f2b11 */
                    id: string;
                    /** @example attachments */
                    field: string;
                    /** @example huong-dan.txt */
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The bytes */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                /** @description The range */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                /** @description The bytes are those of If-None-Match */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handbook/v1/records/{entity}/{id}/blobs/{field}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rich text of a record as a fragment of safe HTML
         * @description One `Range` of bytes (206, or 416 where it lies behind the end; with `If-Range` the whole where the bytes are others), `ETag`, `If-None-Match`; `Repr-Digest` holds the SHA-256 of the whole (RFC 9530). Accounts of the outside zone: app, officer, secretary, member.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example document */
                    entity: string;
                    /** @example 0b0f5a8e-3c0e-4f35-9d1c-0a4c7f3f2b11 */
                    id: string;
                    /** @example body */
                    field: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The bytes */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html; charset=utf-8": string;
                    };
                };
                /** @description The range */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html; charset=utf-8": string;
                    };
                };
                /** @description The bytes are those of If-None-Match */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handbook/v1/mutations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes records: up to 100 mutations, each on its own, answered in order
         * @description Each mutation takes effect exactly once per client and mutation id, however often it is sent; one that was refused as `forbidden` or that `failed` has not been kept and may be sent again. Members and secretaries change what the rules of the entity let them; officers nothing. Accounts of the outside zone: app, officer, secretary, member.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "clientId": "phone-1",
                     *       "mutations": [
                     *         {
                     *           "mutationId": "m-1",
                     *           "kind": "update",
                     *           "entity": "assignment",
                     *           "recordId": "f97758e2-fd1c-4449-805c-edcd69a04bfe",
                     *           "baseVersion": 1,
                     *           "fields": {
                     *             "progress": 40
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description One per device or installation; belongs to the account */
                        clientId: string;
                        mutations: {
                            /** @description Unique per client; repeating it repeats the answer */
                            mutationId: string;
                            /** @enum {string} */
                            kind: "create" | "update" | "delete";
                            entity: string;
                            /** @description Chosen by the client for a create */
                            recordId: string;
                            /** @description Version the client last saw; 0 for a create */
                            baseVersion: number;
                            /**
                             * @description Changed fields only
                             * @default {}
                             */
                            fields?: {
                                [key: string]: (string | number | boolean) | (string | number | boolean)[] | null;
                            };
                        }[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "results": [
                         *         {
                         *           "mutationId": "m-1",
                         *           "kind": "applied",
                         *           "version": 2
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": {
                            results: ({
                                mutationId: string;
                                /** @enum {string} */
                                kind: "applied";
                                version: number;
                            } | {
                                mutationId: string;
                                /** @enum {string} */
                                kind: "conflict";
                                version: number;
                                fields: {
                                    [key: string]: {
                                        /** @description A scalar, a list, a reference to content kept beside the record (blob), or null for empty */
                                        yours: (string | number | boolean) | (string | number | boolean)[] | {
                                            name: string;
                                            sha256: string;
                                            size: number;
                                        } | {
                                            name: string;
                                            sha256: string;
                                            size: number;
                                        }[] | null;
                                        /** @description A scalar, a list, a reference to content kept beside the record (blob), or null for empty */
                                        current: (string | number | boolean) | (string | number | boolean)[] | {
                                            name: string;
                                            sha256: string;
                                            size: number;
                                        } | {
                                            name: string;
                                            sha256: string;
                                            size: number;
                                        }[] | null;
                                    };
                                };
                            } | {
                                mutationId: string;
                                /** @enum {string} */
                                kind: "held";
                            } | {
                                mutationId: string;
                                /** @enum {string} */
                                kind: "refused";
                                /** @enum {string} */
                                reason: "unknown-entity" | "unknown-field" | "not-writable" | "invalid-value" | "no-such-record" | "not-creatable" | "not-deletable" | "already-exists" | "base-version-ahead" | "forbidden";
                                field?: string;
                            } | {
                                mutationId: string;
                                /** @enum {string} */
                                kind: "failed";
                                /** @enum {string} */
                                code: "unavailable" | "internal";
                            })[];
                        };
                    };
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handbook/v1/changes/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changes, as it changes (server-sent events)
         * @description Events `changes` with the same JSON as `GET /changes`; the cursor is the id of the event, so that `Last-Event-ID` goes on where it ended. The stream ends after an event with `epochChanged`, with an event `problem` (its `code`) when the person is not active any more or the store fails, and after ten minutes. Accounts of the outside zone: app, officer, secretary, member.
         */
        get: {
            parameters: {
                query?: {
                    since?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Events */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handbook/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The uploads of the account, newest first
         * @description Accounts of the outside zone: app, officer, secretary, member.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            uploads: {
                                uploadId: string;
                                entity: string;
                                recordId: string;
                                fileName: string;
                                size: number;
                                received: number;
                                sha256: string;
                                /**
                                 * @description held: whole, checked and kept here; it goes to Notes once a way there takes attachments
                                 * @enum {string}
                                 */
                                state: "receiving" | "held" | "refused";
                                /** @description By what is in it */
                                mediaType: string | null;
                                /** @description Why it was refused: digest, type, damaged, bomb, active */
                                reason: string | null;
                                createdAt: string;
                            }[];
                        };
                    };
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Begins an upload for a record that the account may change
         * @description tus 1.0 (creation). At most 25 MB; PDF, PNG, JPEG, Office and OpenDocument files without macros, text. `Location` is where the bytes go. Accounts of the outside zone: app, officer, secretary, member.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description Version of the protocol (tus.io)
                     * @example 1.0.0
                     */
                    "tus-resumable": "1.0.0";
                    /**
                     * @description Size of the whole file, bytes
                     * @example 31
                     */
                    "upload-length": number;
                    /**
                     * @description `filename`, `entity`, `record`, `sha256`, each with its value in base64
                     * @example filename YsOhbyBjw6FvLnR4dA==,entity YXNzaWdubWVudA==,record Zjk3NzU4ZTItZmQxYy00NDQ5LTgwNWMtZWRjZDY5YTA0YmZl,sha256 MDU3NTYyMGJlNjJiM2M4NzA2OTE2MTczY2MxMDI4ZTRiYzJmNjZiN2U2MzZkZDUzYjU0OTU4NjIzMzE2ODIwMg==
                     */
                    "upload-metadata": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Begun: send the bytes to `Location` */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handbook/v1/uploads/{upload}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of an upload; by HEAD how much is there
         * @description Accounts of the outside zone: app, officer, secretary, member.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 11223344-5566-4778-899a-abbccddeeff0 */
                    upload: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "uploadId": "11223344-5566-4778-899a-abbccddeeff0",
                         *       "entity": "assignment",
                         *       "recordId": "f97758e2-fd1c-4449-805c-edcd69a04bfe",
                         *       "fileName": "báo cáo.txt",
                         *       "size": 31,
                         *       "received": 31,
                         *       "sha256": "0575620be62b3c8706916173cc1028e4bc2f66b7e636dd53b549586233168202",
                         *       "state": "held",
                         *       "mediaType": "text/plain",
                         *       "reason": null,
                         *       "createdAt": "2026-11-24T02:00:00.000Z"
                         *     }
                         */
                        "application/json": {
                            uploadId: string;
                            entity: string;
                            recordId: string;
                            fileName: string;
                            size: number;
                            received: number;
                            sha256: string;
                            /**
                             * @description held: whole, checked and kept here; it goes to Notes once a way there takes attachments
                             * @enum {string}
                             */
                            state: "receiving" | "held" | "refused";
                            /** @description By what is in it */
                            mediaType: string | null;
                            /** @description Why it was refused: digest, type, damaged, bomb, active */
                            reason: string | null;
                            createdAt: string;
                        };
                    };
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Forgets an upload with its bytes
         * @description Accounts of the outside zone: app, officer, secretary, member.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 5d4c3b2a-1f0e-4d9c-8b7a-665544332211 */
                    upload: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; `Upload-Offset` says how far */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Adds bytes to an upload; the last ones have the file checked
         * @description Up to 8 MB at once as `application/offset+octet-stream`. What came before a line broke is kept: ask by HEAD where to go on. A file that is not what its SHA-256 says, of another type, or a bomb is refused (422) and erased. Accounts of the outside zone: app, officer, secretary, member.
         */
        patch: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description Version of the protocol (tus.io)
                     * @example 1.0.0
                     */
                    "tus-resumable": "1.0.0";
                    /**
                     * @description Where the bytes belong: what HEAD answered
                     * @example 0
                     */
                    "upload-offset": number;
                };
                path: {
                    /** @example 5d4c3b2a-1f0e-4d9c-8b7a-665544332211 */
                    upload: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /** @example Báo cáo kết quả rà soát */
                    "application/offset+octet-stream": string;
                };
            };
            responses: {
                /** @description Done; `Upload-Offset` says how far */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/handbook/v1/uploads/{upload}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The file as it is kept here, for who sent it
         * @description Accounts of the outside zone: app, officer, secretary, member.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 11223344-5566-4778-899a-abbccddeeff0 */
                    upload: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The bytes */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                /** @description Refused; `code` says why */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
                /** @description Failed here */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            code: string;
                            detail?: string;
                            requestId: string;
                            errors?: {
                                path: string;
                                message: string;
                            }[];
                            failing?: string[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
