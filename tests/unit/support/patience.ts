import { configure } from '@testing-library/react';

// Parts of the page are chunks of their own, which a busy machine takes seconds to load. What does not come is still found out.
configure({ asyncUtilTimeout: 10_000 });
