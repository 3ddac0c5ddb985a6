// What every application of these tests does: it logs a user in, and its title says how that went.
export async function logIn(TRTCCalling, options) {
  const userID = new URLSearchParams(location.search).get('user');
  try {
    const { sdkAppID, userSig } = await (await fetch(`/dev/usersig?userID=${userID}`)).json();
    const calling = new TRTCCalling({ SDKAppID: sdkAppID, ...options });
    const { code } = await calling.login({ userID, userSig });
    document.title = code === 0 ? `${userID} is logged in` : `login() resolved with ${code}`;
  } catch (error) {
    document.title = `${error.name} ${error.code}: ${error.message}`;
  }
}
