import { useEffect } from 'react';
import { useCalling } from './use-calling.js';

function Ask({ label, button, onAnswer }) {
  const submit = (event) => {
    event.preventDefault();
    onAnswer(new FormData(event.target).get('answer'));
  };
  return (
    <form onSubmit={submit}>
      <label>
        {label} <input name="answer" required pattern="[A-Za-z0-9_\-]{1,32}" autoComplete="off" />
      </label>
      <button>{button}</button>
    </form>
  );
}

function Call({ calling }) {
  const { state, showSelf, showPeer, setMicrophone, setCamera, hangUp } = calling;
  // Effects run when the elements are in the page.
  useEffect(() => void showSelf(), []);
  useEffect(() => {
    if (state.entered) showPeer();
  }, [state.entered]);
  return (
    <section>
      <div className="views">
        <div id="remote" />
        <div id="local" />
      </div>
      <label>
        <input type="checkbox" checked={state.microphone} onChange={({ target }) => setMicrophone(target.checked)} /> Microphone
      </label>
      <label>
        <input type="checkbox" checked={state.camera} onChange={({ target }) => setCamera(target.checked)} /> Camera
      </label>
      <button onClick={hangUp}>Hang up</button>
    </section>
  );
}

export function App() {
  const calling = useCalling();
  const { state, logIn, call, accept, reject } = calling;
  return (
    <>
      {state.phase === 'signed-out' && <Ask key="user" label="User" button="Log in" onAnswer={logIn} />}
      {state.phase === 'idle' && <Ask key="callee" label="Callee" button="Call" onAnswer={call} />}
      {state.phase === 'ringing' && (
        <section>
          {state.peer} is calling <button onClick={accept}>Accept</button> <button onClick={reject}>Reject</button>
        </section>
      )}
      {state.phase === 'call' && <Call calling={calling} />}
      <p role="status">{state.notice}</p>
    </>
  );
}
