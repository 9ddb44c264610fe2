"""The components of the design system, with the words that tell an institution when and how to use each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Entry:
    """A component: its address, its name, when to use it and what keeps it accessible.

    `live` is false for what is already on every page, such as the header: a second one would confuse a screen
    reader.
    """

    slug: str
    title: Words
    group: Words
    use: Words
    access: Words
    live: bool = True


FRAME, FORMS, CONTENT, DATA = _("Marco de la página"), _("Formularios"), _("Contenido"), _("Datos")

ENTRIES = (
    Entry(
        "cabecera", _("Cabecera"), FRAME,
        _("Arriba en todas las páginas: idiomas, nombre del servicio, búsqueda, ingreso y secciones."),
        _("El primer enlace de la página salta al contenido. La sección actual se anuncia con aria-current."),
        live=False,
    ),
    Entry(
        "idiomas", _("Cambio de idioma"), FRAME,
        _("Cuando la misma página existe en otro idioma. El enlace conserva la dirección y los filtros."),
        _("Cada idioma se nombra en su propio idioma y lleva su atributo lang."),
        live=False,
    ),
    Entry(
        "ruta", _("Ruta de navegación"), FRAME,
        _("En páginas de dos niveles o más, antes del título. No la use dentro de un trámite paso a paso."),
        _("Es una lista ordenada dentro de una región de navegación con nombre."),
        live=False,
    ),
    Entry(
        "pie", _("Pie de página"), FRAME,
        _("Al final de todas las páginas: secciones, accesibilidad y lo que la ley pide publicar."),
        _("Los grupos de enlaces son regiones de navegación con nombres distintos."),
        live=False,
    ),
    Entry(
        "boton", _("Botón"), FORMS,
        _("Para hacer algo: enviar, guardar, empezar. Un solo botón principal por página."),
        _("Mide al menos 44 píxeles de alto. Si lleva a otra página sin enviar nada, use un enlace."),
    ),
    Entry(
        "campo-de-texto", _("Campo de texto"), FORMS,
        _("Para respuestas de una línea. El ancho del campo insinúa el largo de la respuesta."),
        _("La etiqueta siempre está a la vista. La ayuda va antes del campo y se lee con él."),
    ),
    Entry(
        "area-de-texto", _("Área de texto con contador"), FORMS,
        _("Para respuestas de varias líneas. Ponga un límite solo cuando exista de verdad."),
        _("El contador se anuncia al dejar de escribir y no impide pasarse: el error llega al enviar."),
    ),
    Entry(
        "contrasena", _("Contraseña"), FORMS,
        _("Al ingresar o crear una cuenta. Permita pegar y mostrar lo escrito."),
        _("El botón dice a quien no ve la pantalla si la contraseña está visible."),
    ),
    Entry(
        "fecha", _("Fecha"), FORMS,
        _("Para fechas que la persona ya conoce: nacimiento, publicación, vencimiento."),
        _("Tres campos con su etiqueta dentro de un grupo con nombre. El error dice qué parte revisar."),
    ),
    Entry(
        "lista-desplegable", _("Lista desplegable"), FORMS,
        _("Para elegir una opción entre más de siete. Con menos, use opciones a la vista."),
        _("Usa el control del navegador: funciona con teclado y lector de pantalla en todos los teléfonos."),
    ),
    Entry(
        "opciones", _("Opciones"), FORMS,
        _("Para elegir una sola respuesta entre pocas. No marque ninguna de antemano."),
        _("La pregunta es la leyenda del grupo. El área que se toca mide 44 píxeles."),
    ),
    Entry(
        "casillas", _("Casillas"), FORMS,
        _("Para elegir varias respuestas, o para confirmar una sola afirmación."),
        _("La leyenda dice que se puede elegir más de una."),
    ),
    Entry(
        "archivo", _("Carga de archivos"), FORMS,
        _("Solo cuando el Estado no tiene ya ese documento. Diga el formato y el tamaño máximo."),
        _("Usa el control del navegador: quien usa lector de pantalla ya lo conoce."),
    ),
    Entry(
        "resumen-de-errores", _("Resumen de errores"), FORMS,
        _("Arriba de la página cuando algo falta. Cada error enlaza al campo y dice qué escribir."),
        _("Recibe el foco al cargar la página y se anuncia como alerta."),
    ),
    Entry(
        "formulario", _("Formulario completo"), FORMS,
        _("Un formulario de Django se dibuja entero con una llamada: etiquetas, ayudas y errores."),
        _("Los errores se ven en el campo y en el resumen, nunca solo por color."),
    ),
    Entry(
        "aviso", _("Aviso"), CONTENT,
        _("Para decir que algo salió bien o que hay una novedad importante. No desaparece solo."),
        _("El aviso de éxito se anuncia al cargar la página."),
    ),
    Entry(
        "advertencia", _("Advertencia"), CONTENT,
        _("Antes de una acción con consecuencias: una multa, un plazo, algo que no se puede deshacer."),
        _("El signo lleva la palabra «Advertencia» para quien no lo ve."),
    ),
    Entry(
        "texto-destacado", _("Texto destacado"), CONTENT,
        _("Para separar una cita, un ejemplo o un dato del resto del texto. Uno por página."),
        _("No cambia el orden de lectura."),
    ),
    Entry(
        "detalles", _("Detalles"), CONTENT,
        _("Para información que pocas personas necesitan. No esconda lo que todos deben leer."),
        _("Usa el elemento details del navegador: se abre con Enter o con la barra espaciadora."),
    ),
    Entry(
        "pestanas", _("Pestañas"), CONTENT,
        _("Para cambiar entre vistas parecidas. Si hay que compararlas, muéstrelas juntas."),
        _("Sin JavaScript las secciones se leen una tras otra. Las flechas cambian de pestaña."),
    ),
    Entry(
        "etiqueta", _("Etiqueta de estado"), CONTENT,
        _("Para el estado de una cosa en una lista: vigente, en revisión, vencida."),
        _("El estado se dice con la palabra; el color solo acompaña."),
    ),
    Entry(
        "lista-resumen", _("Lista resumen"), CONTENT,
        _("Para los datos de una cosa y para revisar las respuestas antes de enviar."),
        _("Cada acción dice qué cambia: «Cambiar el nombre»."),
    ),
    Entry(
        "lista-de-tareas", _("Lista de tareas"), CONTENT,
        _("Para trámites largos que se pueden llenar en varios días y en cualquier orden."),
        _("El estado de cada tarea se lee junto a su nombre."),
    ),
    Entry(
        "confirmacion", _("Confirmación"), CONTENT,
        _("Al final de un trámite: qué pasó, su número, qué sigue, quién lo hace y hasta cuándo."),
        _("El título de la confirmación es el título de la página."),
    ),
    Entry(
        "linea-de-tiempo", _("Línea de tiempo"), CONTENT,
        _("Para la historia de un expediente, una norma o una institución."),
        _("Es una lista ordenada; cada fecha lleva su valor legible por máquinas."),
    ),
    Entry(
        "sin-resultados", _("Sin resultados"), CONTENT,
        _("Cuando no hay nada que mostrar: diga por qué y qué puede hacer la persona ahora."),
        _("Tiene título, para que se encuentre al recorrer la página."),
    ),
    Entry(
        "tabla", _("Tabla que se ordena"), DATA,
        _("Para comparar datos. En el teléfono cada fila se vuelve una tarjeta."),
        _("Se ordena con enlaces comunes y se anuncia el orden. La primera celda encabeza su fila."),
    ),
    Entry(
        "filtros", _("Filtros"), DATA,
        _("Sobre una lista larga. Los filtros viven en la dirección y se pueden guardar o enviar."),
        _("Funciona sin JavaScript y dice cuántos filtros están activos."),
    ),
    Entry(
        "paginacion", _("Paginación"), DATA,
        _("Para listas de más de una página. Conserva los filtros y el orden."),
        _("Cada número se lee como «Página 3» y la página actual se anuncia."),
    ),
    Entry(
        "opinion", _("Opinión sobre la página"), CONTENT,
        _("Al final de una página que explica algo: cada respuesta lleva a donde se puede decir más."),
        _("La pregunta es un título y las respuestas son enlaces: no hace falta JavaScript."),
    ),
    Entry(
        "cifra", _("Cifra"), DATA,
        _("Para un número que le importa a la gente, con su unidad, fecha, fuente y cálculo."),
        _("Sin datos no es cero: se dice con palabras."),
    ),
    Entry(
        "avance", _("Avance"), DATA,
        _("Para decir cuánto falta. Las palabras dicen lo mismo que la barra."),
        _("La barra es un adorno para quien usa lector de pantalla: la frase lo dice todo."),
    ),
    Entry(
        "grafico-de-linea", _("Gráfico de línea"), DATA,
        _("Para mostrar cómo cambió un número y la senda que debía seguir. El título es la respuesta."),
        _("Tiene una frase que lo resume y una tabla con todos sus números."),
    ),
    Entry(
        "grafico-de-barras", _("Gráfico de barras"), DATA,
        _("Para comparar cosas por un número. Ordénelas por lo que le importa a quien lee."),
        _("El gráfico es una tabla: cada barra tiene su nombre y su valor."),
    ),
    Entry(
        "grafico-de-partes", _("Gráfico de partes"), DATA,
        _("Para mostrar cómo se divide un todo, en cinco partes como máximo."),
        _("La leyenda es una tabla en el mismo orden que la barra."),
    ),
    Entry(
        "mapa", _("Mapa de provincias"), DATA,
        _("Para un número por provincia. Todas miden igual: Galápagos se ve tanto como Guayas."),
        _("Cada casilla lleva su sigla y su valor; la tabla los repite con el nombre entero."),
    ),
)  # fmt: skip
