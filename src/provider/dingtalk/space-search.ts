// A space by its id. Asked for some kinds of spaces by id, the vendor answers 404 or 400 though the list has
// them (found by others who probed it), so the list is asked before a space is called gone.

import type { SpaceId } from '../../tree/identifier.ts';
import { ProviderError } from '../provider-error.ts';
import type { DingtalkApi } from './api.ts';
import type { RootedSpace } from './convert.ts';

export interface FoundSpace {
  readonly space: RootedSpace;
  readonly calls: number;
}

/** @throws {ProviderError} `not-found` where neither knows it. */
export async function findSpace(id: SpaceId, api: DingtalkApi, signal?: AbortSignal): Promise<FoundSpace> {
  try {
    return { space: await api.getSpace(id, signal), calls: 1 };
  } catch (error) {
    if (!(error instanceof ProviderError) || !isDoubtful(error)) throw error;
    const { items, pages } = await api.listSpaces(signal);
    const space = items.find((item) => item.id === id);
    if (space === undefined) throw error;
    return { space, calls: 1 + pages };
  }
}

const isDoubtful = ({ kind, httpStatus }: ProviderError): boolean =>
  kind === 'not-found' || (kind === 'invalid' && (httpStatus === 400 || httpStatus === 404));
