// What is cut from the glue of Emscripten 3.1.6 (tools/glue.ts), and why that changes nothing: the page hands the Wasm
// in, there is one class with methods that take and return numbers, strings and values, never an instance of a class,
// and TypeScript has checked the arguments.
export interface Cut {
  /** How the statement begins. */
  statement: string;
  /** Of the statement that was read: glue.ts tells. */
  digest: string;
  put: string | ((statement: string) => string);
}

/** Everything that the core may import for the cuts to hold. */
export const imports: readonly string[] = [
  '__embind_register_bigint',
  '__embind_register_bool',
  '__embind_register_class',
  '__embind_register_class_constructor',
  '__embind_register_class_function',
  '__embind_register_emval',
  '__embind_register_float',
  '__embind_register_integer',
  '__embind_register_memory_view',
  '__embind_register_std_string',
  '__embind_register_std_wstring',
  '__embind_register_void',
  '__emval_decref',
  '__emval_incref',
  '__emval_take_value',
  '_abort',
  '_emscripten_resize_heap',
];

const cut = (statement: string, digest: string, put: Cut['put'] = ''): Cut => ({ statement, digest, put });

/** The names of a core's exports, in the order in which createWasm() names them: itself, memory, table, constructors. */
const exportsOf = (createWasm: string): string[] =>
  [...createWasm.matchAll(/Module\["asm"\]\["(\w+)"\]/g)].map((match) => match[1] as string);

const startUp: Cut[] = [
  // The file is fetched and compiled by core/loader.ts, so nobody asks where it is.
  cut('if(ENVIRONMENT_IS_WEB||', '525fa2acdd0c'),
  cut('wasmBinaryFile="core.wasm"', 'a4679ed8bd10'),
  cut('if(!isDataURI(', 'f63254d70f70'),
  cut('if(Module["wasmBinary"])', '09290e354cf7'),
  cut('if(typeof WebAssembly!=', '5b33b91654b2'),
  cut('Module["preloadedImages"]', 'c231eeea7c9d'),
  cut('Module["preloadedAudios"]', 'fbd073ed3541'),
  cut('Object.assign(Module,', '1a7a0e62c2ed'),
  cut('var moduleOverrides=', 'a0dfbc47c2b1'),
  cut('moduleOverrides=null', '3c11303511e5'),
  // Whoever catches the error tells it.
  cut('var out=', 'a42aa04d6972'),
  cut('var err=', '2dd86b477142'),
  cut(
    'function abort(',
    'b0abdbbdcaa5',
    'function abort(what){var e=new WebAssembly.RuntimeError("Aborted("+what+")");readyPromiseReject(e);throw e}',
  ),
  // Nothing else has to happen before or after the start.
  cut('function createWasm(', 'c8aa65a10612', (text) => {
    const [memory, table, constructors] = exportsOf(text).map((name) => JSON.stringify(name));
    return `function createWasm(){Module["instantiate"](0,{"a":asmLibraryArg}).then(function(result){\
var asm=Module["asm"]=result.instance.exports;wasmMemory=asm[${memory}];updateGlobalBufferAndViews(wasmMemory.buffer);\
wasmTable=asm[${table}];asm[${constructors}]();readyPromiseResolve(Module)}).catch(readyPromiseReject)}`;
  }),
  cut('var asm=createWasm()', '79b47af0a4de', 'createWasm();'),
  cut('dependenciesFulfilled=', '67b69cee6e21'),
  cut('function run(', '9500df84bc87'),
  cut('Module["run"]=', '50b016c10dc3'),
  cut('run()', 'bd438495b4c7'),
  cut('var ___wasm_call_ctors=', '69431dddcffc'),
  cut('var ___getTypeName=', 'cd813b2d391a'),
  cut('var ___embind_register_native_and_builtin_types=', 'b40fbe299a81'),
  // Only code beside the glue would look at these.
  cut(
    'function updateGlobalBufferAndViews(',
    '9f48ffe934b0',
    'function updateGlobalBufferAndViews(buf){buffer=buf;HEAP8=new Int8Array(buf);HEAP16=new Int16Array(buf);\
HEAP32=new Int32Array(buf);HEAPU8=new Uint8Array(buf);HEAPU16=new Uint16Array(buf);HEAPU32=new Uint32Array(buf);\
HEAPF32=new Float32Array(buf);HEAPF64=new Float64Array(buf)}',
  ),
  cut('init_embind()', 'f579bdc0bf84'),
  cut('init_emval()', '9fd4b7e20fad'),
];

const errors: Cut[] = [
  // One class of errors: they only say that this package and its core do not fit each other.
  cut('var BindingError=', '3ad164be271d', 'var BindingError=Error;'),
  cut('BindingError=', '5bb063fcb688'),
  cut('InternalError=', '8971eacf5e44'),
  cut('UnboundTypeError=', 'bb3a4d9a95cc'),
  cut('function throwInternalError(', '9fea5674fba0', 'function throwInternalError(message){throwBindingError(message)}'),
  cut('function throwUnboundTypeError(', '056931c7b77d', 'function throwUnboundTypeError(message,types){throwBindingError(message)}'),
  cut(
    'function requireRegisteredType(',
    '640340492eb7',
    'function requireRegisteredType(rawType,humanName){var impl=registeredTypes[rawType];\
if(undefined===impl){throwBindingError(humanName+" has unknown type")}return impl}',
  ),
  cut('function throwInstanceAlreadyDeleted(', '5f7296728754', 'function throwInstanceAlreadyDeleted(obj){throwBindingError("instance already deleted")}'),
];

const strings: Cut[] = [
  // TextDecoder and TextEncoder are older than every browser that this package runs in.
  cut(
    'function __embind_register_std_string(',
    'ed8a6ad417f7',
    'function __embind_register_std_string(rawType,name){registerType(rawType,{name:readLatin1String(name),\
"fromWireType":function(value){var start=value+4;\
var str=new TextDecoder().decode(HEAPU8.subarray(start,start+HEAPU32[value>>2]));_free(value);return str},\
"toWireType":function(destructors,value){var bytes=typeof value==="string"?new TextEncoder().encode(value):value;var ptr=_malloc(4+bytes.length+1);\
HEAPU32[ptr>>2]=bytes.length;HEAPU8.set(bytes,ptr+4);HEAPU8[ptr+4+bytes.length]=0;\
if(destructors!==null){destructors.push(_free,ptr)}return ptr},\
"argPackAdvance":8,"readValueFromPointer":simpleReadValueFromPointer,destructorFunction:function(ptr){_free(ptr)}})}',
  ),
  cut('var UTF8Decoder=', '9ae4c480b7c1'),
  cut('var UTF16Decoder=', '529624d0345d'),
  // The table of letters costs more than it saves: names are read once.
  cut('embind_init_charCodes()', '181ed107d05f'),
  cut(
    'function readLatin1String(',
    '78ac7eb821ed',
    'function readLatin1String(ptr){var ret="";while(HEAPU8[ptr])ret+=String.fromCharCode(HEAPU8[ptr++]);return ret}',
  ),
  // Registered with every core, used by none.
  cut('function __embind_register_std_wstring(', '73b1da2cbfc9', 'function __embind_register_std_wstring(){}'),
];

const instances: Cut[] = [
  // An instance belongs to one object of ours, which deletes it once.
  cut('function init_ClassHandle(', 'e92ec5b01713', 'function init_ClassHandle(){ClassHandle.prototype["delete"]=ClassHandle_delete}'),
  cut(
    'function ClassHandle_delete(',
    '5dddbe52e7f3',
    'function ClassHandle_delete(){if(!this.$$.ptr){throwInstanceAlreadyDeleted(this)}\
this.$$.ptrType.registeredClass.rawDestructor(this.$$.ptr);this.$$.ptr=undefined}',
  ),
  // No smart pointers and no base classes.
  cut(
    'function RegisteredPointer_fromWireType(',
    'b28ca746f638',
    'function RegisteredPointer_fromWireType(ptr){\
return Object.create(this.registeredClass.instancePrototype,{$$:{value:{ptr:ptr,ptrType:this}}})}',
  ),
  cut(
    'function init_RegisteredPointer(',
    '104552290439',
    'function init_RegisteredPointer(){RegisteredPointer.prototype["argPackAdvance"]=8;\
RegisteredPointer.prototype["fromWireType"]=RegisteredPointer_fromWireType}',
  ),
  cut(
    'function RegisteredPointer(',
    'e4d8e25bb31f',
    'function RegisteredPointer(name,registeredClass){this.name=name;this.registeredClass=registeredClass;\
this["toWireType"]=function(destructors,handle){if(!handle.$$.ptr){throwInstanceAlreadyDeleted(handle)}return handle.$$.ptr};\
this.destructorFunction=null}',
  ),
  cut(
    'function RegisteredClass(',
    '4bf7309e34dc',
    'function RegisteredClass(name,instancePrototype,rawDestructor){this.name=name;this.instancePrototype=instancePrototype;\
this.rawDestructor=rawDestructor}',
  ),
];

const classes: Cut[] = [
  // Every core registers the same types, each once.
  cut(
    'function registerType(',
    '208b9bde5324',
    'function registerType(rawType,registeredInstance){registeredTypes[rawType]=registeredInstance;delete typeDependencies[rawType];\
if(awaitingDependencies.hasOwnProperty(rawType)){var callbacks=awaitingDependencies[rawType];delete awaitingDependencies[rawType];\
callbacks.forEach(function(cb){cb()})}}',
  ),
  cut(
    'function embind__requireFunction(',
    '6f96bb2e1ab7',
    'function embind__requireFunction(signature,rawFunction){return getWasmTableEntry(rawFunction)}',
  ),
  // No overloads.
  cut(
    'function __embind_register_class(',
    'ac2374f901c0',
    'function __embind_register_class(rawType,rawPointerType,rawConstPointerType,baseClassRawType,getActualTypeSignature,\
getActualType,upcastSignature,upcast,downcastSignature,downcast,name,destructorSignature,rawDestructor){\
name=readLatin1String(name);rawDestructor=embind__requireFunction(destructorSignature,rawDestructor);\
whenDependentTypesAreResolved([rawType,rawPointerType,rawConstPointerType],[],function(){\
var constructor=function(){return registeredClass.constructor_body.apply(this,arguments)};\
var instancePrototype=constructor.prototype=Object.create(ClassHandle.prototype,{constructor:{value:constructor}});\
var registeredClass=new RegisteredClass(name,instancePrototype,rawDestructor);Module[name]=constructor;\
return[name,name+"*",name+" const*"].map(function(name){return new RegisteredPointer(name,registeredClass)})})}',
  ),
  cut(
    'function __embind_register_class_constructor(',
    '9cd83d6ae7f4',
    'function __embind_register_class_constructor(rawClassType,argCount,rawArgTypesAddr,invokerSignature,invoker,rawConstructor){\
var rawArgTypes=heap32VectorToArray(argCount,rawArgTypesAddr);invoker=embind__requireFunction(invokerSignature,invoker);\
whenDependentTypesAreResolved([],[rawClassType].concat(rawArgTypes),function(argTypes){var classType=argTypes.shift();\
argTypes.splice(1,0,null);\
classType.registeredClass.constructor_body=craftInvokerFunction("constructor "+classType.name,argTypes,null,invoker,rawConstructor);\
return[]})}',
  ),
  cut(
    'function __embind_register_class_function(',
    'e7123d28d141',
    'function __embind_register_class_function(rawClassType,methodName,argCount,rawArgTypesAddr,invokerSignature,rawInvoker,context){\
var rawArgTypes=heap32VectorToArray(argCount,rawArgTypesAddr);methodName=readLatin1String(methodName);\
rawInvoker=embind__requireFunction(invokerSignature,rawInvoker);\
whenDependentTypesAreResolved([],[rawClassType].concat(rawArgTypes),function(argTypes){var classType=argTypes.shift();\
classType.registeredClass.instancePrototype[methodName]=\
craftInvokerFunction(classType.name+"."+methodName,argTypes,classType,rawInvoker,context);return[]})}',
  ),
];

export const cuts: readonly Cut[] = [...startUp, ...errors, ...strings, ...instances, ...classes];
