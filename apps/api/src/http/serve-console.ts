import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

const otherRoutes = /^\/(api|docs|health|metrics|assets)(\/|$)/;

/**
 * Serves the built console. Files under /assets carry a hash in their names and never change; index.html is asked for
 * again each time. Every other address is a page of the console. Returns false when the folder holds no console.
 */
export function serveConsole(application: NestExpressApplication, folder: string): boolean {
  const indexFile = join(folder, 'index.html');
  if (!existsSync(indexFile)) return false;
  application.useStaticAssets(folder, {
    index: 'index.html',
    redirect: false,
    setHeaders: (response: Response, path: string) => {
      const isHashed = path.startsWith(join(folder, 'assets'));
      response.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  application.use((request: Request, response: Response, next: NextFunction) => {
    const isPage = request.method === 'GET' || request.method === 'HEAD';
    if (!isPage || otherRoutes.test(request.path) || !request.accepts('html')) return next();
    response.sendFile(indexFile, { headers: { 'cache-control': 'no-cache' } });
  });
  return true;
}
