// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

int a;
int b;
int c;
int d;
int e;
int f;
int g;
int h;
