import { createApp } from 'vue';
import App from './App.vue';
import '../../calls.css';

createApp(App).mount('#app');
