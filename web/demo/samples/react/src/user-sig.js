/** Stands for the application's own server, which signs for users that it has authenticated. */
export async function userSigOf(userID) {
  const answer = await fetch(`/dev/usersig?userID=${encodeURIComponent(userID)}`);
  if (!answer.ok) throw new Error(`no UserSig: ${answer.status}`);
  return answer.json();
}
